/**
 * Registers unregistered devices, replaces broken hardware, and sends each gateway its registry.
 */
@NullMarked
package org.linli.hub.adoption;

import org.jspecify.annotations.NullMarked;
