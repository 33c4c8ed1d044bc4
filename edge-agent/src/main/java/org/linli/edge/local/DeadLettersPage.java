package org.linli.edge.local;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.DeadLetter;
import org.linli.edge.outbox.DeadLetterQuery;
import org.linli.edge.outbox.OutboxReport;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * The page at {@code /dead-letters}: the newest messages that the gateway could not read, as text,
 * in the language of the page at {@code /}. It does not reload itself, so that one can read it.
 */
@RestController
final class DeadLettersPage {

  private static final int SHOWN = 100;

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="%1$s">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%2$s · Linli 邻里</title>
      <style>
        body { font: 1.05rem/1.5 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 56rem;
               margin: clamp(.8rem, 4vw, 2rem) auto; padding: 0 clamp(.6rem, 3vw, 1rem);
               color: #1c2733; background: #f6f7f9; overflow-wrap: anywhere; }
        h1 { font-size: 1.3rem; }
        p { margin: .3rem 0; }
        article { background: #fff; border-radius: .6rem; padding: .8rem 1rem; margin: .8rem 0; }
        article h2 { font-size: 1.05rem; margin: 0; }
        pre { font: .95rem/1.45 ui-monospace, monospace; white-space: pre-wrap; margin: .5rem 0 0;
              padding: .5rem .7rem; background: #f1f3f6; border-radius: .3rem; }
        .emergency { color: #a3170f; font-weight: 600; }
        .aside { color: #55606c; font-size: .95rem; }
        nav { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; }
        nav a { padding: .4rem 0; color: #0b57a4; }
      </style>
      </head>
      <body><main>
      <nav><a href="/?lang=%1$s">%3$s</a> <a href="/api/dead-letters">JSON</a> \
      <a href="?lang=%4$s" lang="%4$s">%5$s</a></nav>
      <h1>%2$s</h1>
      %6$s
      </main></body>
      </html>
      """;

  private final OutboxReport outbox;
  private final InstantSource clock;
  private final MessageSource words = PageWords.load();

  DeadLettersPage(OutboxReport outbox, InstantSource clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  @GetMapping(path = "/dead-letters", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
  String page(@RequestParam(required = false) @Nullable String lang, Locale browser) {
    Locale language = PageWords.language(lang, browser);
    Sentences story = new Sentences(words, language, clock);
    StringBuilder letters = new StringBuilder();
    try {
      List<DeadLetter> newest = outbox.deadLetters(DeadLetterQuery.newest(SHOWN));
      story.tell(newest.isEmpty() ? "letters.none" : "letters", SHOWN);
      newest.forEach(letter -> letters.append(article(letter, story)));
    } catch (OutboxUnavailableException refused) {
      story.tell("disk.unread");
    }
    return PAGE.formatted(
        language.getLanguage(),
        story.word("dead-letters"),
        story.word("back"),
        PageWords.other(language),
        story.word("other-language"),
        story.html() + letters);
  }

  private static String article(DeadLetter letter, Sentences story) {
    SampleText sample = SampleText.of(letter.sample());
    long more = letter.size() - letter.sample().length + sample.rest();
    boolean isKept = letter.sample().length > 0;
    String form =
        switch (sample.form()) {
          case TEXT -> more == 0 ? "letter.whole" : isKept ? "letter.cut" : "letter.empty";
          case TEXT_THEN_BINARY -> "letter.then-binary";
          case BINARY -> "letter.binary";
        };
    String address = letter.address();
    String emergency = letter.emergency();
    return """
    <article>
    <h2>%s · %s</h2>
    %s<p>%s</p>
    <p class="aside">%s</p>
    <p class="aside">%s</p>
    %s</article>
    """
        .formatted(
            story.time(letter.at()),
            story.word("reason." + letter.refusal().reason().wireName()),
            emergency == null
                ? ""
                : "<p class=\"emergency\">"
                    + story.word("letter.emergency", escaped(emergency))
                    + "</p>\n",
            escaped(letter.refusal().detail()),
            address == null
                ? story.word("letter.from", escaped(letter.source()))
                : story.word("letter.from-to", escaped(letter.source()), escaped(address)),
            story.word(form, letter.size(), more),
            sample.shown().isEmpty() ? "" : "<pre>" + html(sample.shown()) + "</pre>\n");
  }

  private static String escaped(String text) {
    return html(Printable.line(text, Integer.MAX_VALUE));
  }

  private static String html(String text) {
    return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
  }
}
