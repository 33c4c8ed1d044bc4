package org.linli.hub.console;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.stereotype.Controller;

/**
 * Marks a controller whose templates are pages of the console, in whatever package it is. Its model
 * has what {@code templates/layout.html} needs for head and header:
 *
 * <ul>
 *   <li>{@code person}, the name of the reader; null if the account is gone;
 *   <li>{@code shown}, the name of the community that the page is about, null for all of several;
 *       {@code communities} to choose from at {@code choosesAt}; {@code within}, the end of an
 *       address that stays with the chosen one;
 *   <li>{@code navigation} with the entries of the header;
 *   <li>{@code language} ({@code zh} or {@code en}) and {@code otherLanguage}, the link to the
 *       other;
 *   <li>{@code newest}, the position on the live stream from before the controller read anything.
 * </ul>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Controller
public @interface ConsolePage {}
