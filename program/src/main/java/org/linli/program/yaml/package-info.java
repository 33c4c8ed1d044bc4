/**
 * Reads YAML files that people write. Every problem has its line, its column, its key and what to
 * do, and all problems of a file are found in one go. The limits against hostile files are the same
 * for every file.
 */
@NullMarked
package org.linli.program.yaml;

import org.jspecify.annotations.NullMarked;
