/**
 * Sign-in and sessions: the administrator, one-time links, passwords, and the file in which
 * sessions survive a restart.
 */
@NullMarked
package org.linli.hub.access.signin;

import org.jspecify.annotations.NullMarked;
