/** Limits of the web servers of both programs: requests, connections, time. */
@NullMarked
package org.linli.program.web;

import org.jspecify.annotations.NullMarked;
