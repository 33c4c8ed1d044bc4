/** What needs a person: rules, windows, the alert and its life. */
@NullMarked
package org.linli.hub.alert;

import org.jspecify.annotations.NullMarked;
