package org.linli.hub.console;

/**
 * The words of pages outside this package. A bean of this type adds them to {@code messages}, which
 * keeps its own word if both have one of the same code.
 *
 * @param bundle base name of a resource bundle in English with a Chinese one beside it: {@code
 *     duty.words} is {@code duty/words.properties} and {@code duty/words_zh.properties}
 */
public record ConsoleWords(String bundle) {}
