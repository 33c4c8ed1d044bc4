/** What requests to both programs are checked for. */
@NullMarked
package org.linli.program.web;

import org.jspecify.annotations.NullMarked;
