@NullMarked
package org.linli.program.yaml;

import org.jspecify.annotations.NullMarked;
