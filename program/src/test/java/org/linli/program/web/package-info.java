@NullMarked
package org.linli.program.web;

import org.jspecify.annotations.NullMarked;
