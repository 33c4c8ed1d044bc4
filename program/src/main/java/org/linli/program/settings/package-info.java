/**
 * The check of settings: refuses a name that no program knows and suggests the closest one. Says on
 * one line why a program did not start.
 */
@NullMarked
package org.linli.program.settings;

import org.jspecify.annotations.NullMarked;
