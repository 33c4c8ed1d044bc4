/**
 * How a person gets a session and keeps it: the administrator, one-time links, passwords, and the
 * file in which sessions outlive a restart.
 */
@NullMarked
package org.linli.hub.access.signin;

import org.jspecify.annotations.NullMarked;
