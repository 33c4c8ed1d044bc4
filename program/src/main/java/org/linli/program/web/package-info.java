/** What the web servers of both programs take: requests, connections, time. */
@NullMarked
package org.linli.program.web;

import org.jspecify.annotations.NullMarked;
