@NullMarked
package org.linli.rules;

import org.jspecify.annotations.NullMarked;
