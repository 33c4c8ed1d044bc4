/** The check of settings: refuses a name that no program knows and suggests the closest one. */
@NullMarked
package org.linli.program.settings;

import org.jspecify.annotations.NullMarked;
