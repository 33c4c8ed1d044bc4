package org.linli.hub.console.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.linli.hub.change.Change;
import org.linli.hub.change.ChangeFeed;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The stream to which listeners connect. It keeps the newest events in memory, at most {@value
 * #IN_MEMORY} and {@value #CHARACTERS_IN_MEMORY} characters. For a listener that is further behind,
 * the changes are rendered again. Safe for any thread.
 */
@Component
public class LiveStream implements SmartLifecycle {

  static final int IN_MEMORY = 1_000;
  static final int CHARACTERS_IN_MEMORY = 4_000_000;
  static final int AT_ONCE = 100;

  /** The most characters of a piece, beyond its first change. */
  static final int CHARACTERS_AT_ONCE = 32_768;

  private final ChangeFeed feed;
  private final StreamRenderer renderer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Deque<StreamEvent> recent = new ArrayDeque<>();
  private long characters;
  private long newest;
  private @Nullable Long newestAt;
  private @Nullable String figures;
  private long figuresVersion;
  private boolean running;

  LiveStream(ChangeFeed feed, StreamRenderer renderer) {
    this.feed = feed;
    this.renderer = renderer;
  }

  /**
   * A listener's position.
   *
   * @param change the id of the last change it was given
   * @param figures the version of the figures it was given
   */
  record Position(long change, long figures) {}

  /** What a listener gets next. */
  sealed interface Next {

    /** Events in their order; the id of the last one is where to read on. */
    record Events(List<StreamEvent> events) implements Next {}

    /** The newest figures; those between were skipped. */
    record Figures(long version, String data) implements Next {}

    /**
     * What follows the position is no longer kept, or cannot be read now: read everything again,
     * then go on from {@code end}.
     */
    record Reset(long end) implements Next {}

    /** Nothing happened for as long as the listener wanted to wait. */
    record Silence() implements Next {}

    /** The hub stops. */
    record Ended() implements Next {}
  }

  /** Returns the id of the newest change on the stream. */
  public long newest() {
    lock.lock();
    try {
      return newest;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the position after the newest change on the stream, as {@link #from} reads it. */
  public String bookmark() {
    return fromNewest().toString();
  }

  private Bookmark fromNewest() {
    lock.lock();
    try {
      return new Bookmark(newest, newestAt);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the position of a client that states the last event it received. A client whose
   * position is not in these records has to read everything again.
   *
   * @param lastId the id of an event; null or blank for what happens from now on
   */
  Bookmark from(@Nullable String lastId) {
    if (lastId == null || lastId.isBlank()) {
      return fromNewest();
    }
    Bookmark last = Bookmark.parse(lastId.strip());
    return isHere(last) ? last : Bookmark.IMPOSSIBLE;
  }

  /**
   * Returns whether the records have this position. An id without a time belongs to a change that
   * has no row: it was left out or dropped.
   */
  private boolean isHere(Bookmark last) {
    try {
      return Objects.equals(last.at(), feed.at(last.change()));
    } catch (DataAccessException cannotBeReadNow) {
      return false;
    }
  }

  /** Returns the position of a listener that continues after a change. */
  Bookmark after(long change) {
    try {
      return new Bookmark(change, feed.at(change));
    } catch (DataAccessException cannotBeReadNow) {
      return new Bookmark(change, null);
    }
  }

  /** Returns how many characters the events in memory have. */
  long charactersInMemory() {
    lock.lock();
    try {
      return characters;
    } finally {
      lock.unlock();
    }
  }

  /** Hands the next event to the listeners. To be called in the order of the ids. */
  void publish(StreamEvent event) {
    lock.lock();
    try {
      recent.addLast(event);
      characters += event.characters();
      newest = event.id();
      newestAt = event.at();
      while (recent.size() > IN_MEMORY
          || (characters > CHARACTERS_IN_MEMORY && !recent.isEmpty())) {
        characters -= recent.removeFirst().characters();
      }
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Notes that changes are not available one by one: a listener that is behind them has to read
   * everything again. To be called in the order of the ids.
   *
   * @param end the id after which reading goes on
   */
  void leaveOut(long end) {
    Long at = after(end).at();
    lock.lock();
    try {
      recent.clear();
      characters = 0;
      newest = end;
      newestAt = at;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Replaces the figures, of which only the newest matter. */
  void publishFigures(String data) {
    lock.lock();
    try {
      if (!data.equals(figures)) {
        figures = data;
        figuresVersion++;
        news.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for what comes after a position, and takes none of it yet.
   *
   * @throws InterruptedException when the waiting thread is interrupted
   */
  void await(Position position, Duration patience) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (running && !hasNews(position) && nanos > 0) {
        nanos = news.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns what comes after a position. */
  Next next(Position position) {
    lock.lock();
    try {
      if (!running) {
        return new Next.Ended();
      }
      if (!hasNews(position)) {
        return new Next.Silence();
      }
      if (position.change() == newest && figures != null) {
        return new Next.Figures(figuresVersion, figures);
      }
      if (position.change() > newest) {
        return new Next.Reset(newest);
      }
      StreamEvent oldest = recent.peekFirst();
      if (oldest != null && oldest.id() <= position.change() + 1) {
        return new Next.Events(recentAfter(position.change()));
      }
    } finally {
      lock.unlock();
    }
    return renderedAnew(position.change(), newest());
  }

  private boolean hasNews(Position position) {
    return position.change() != newest || (figures != null && position.figures() != figuresVersion);
  }

  private List<StreamEvent> recentAfter(long id) {
    List<StreamEvent> piece = new ArrayList<>();
    long gathered = 0;
    for (StreamEvent event : recent) {
      if (event.id() > id) {
        piece.add(event);
        gathered += event.characters();
        if (piece.size() == AT_ONCE || gathered >= CHARACTERS_AT_ONCE) {
          break;
        }
      }
    }
    return piece;
  }

  /** Stops at the newest change on the stream: later ones are still to come in their order. */
  private Next renderedAnew(long id, long end) {
    if (!(feed.after(id, AT_ONCE) instanceof ChangeFeed.Next.Changes(var changes))) {
      return new Next.Reset(end);
    }
    List<StreamEvent> piece = new ArrayList<>();
    long gathered = 0;
    for (Change change : changes) {
      if (change.id() > end || gathered >= CHARACTERS_AT_ONCE) {
        break;
      }
      StreamEvent event;
      try {
        event = renderer.render(change);
      } catch (RuntimeException ofStore) {
        if (piece.isEmpty()) {
          renderer.cannotBeShown(change, ofStore);
          return new Next.Reset(change.id());
        }
        break;
      }
      piece.add(event);
      gathered += event.characters();
    }
    return new Next.Events(piece);
  }

  @Override
  public void start() {
    long last = feed.newest();
    Long at = feed.at(last);
    lock.lock();
    try {
      newest = last;
      newestAt = at;
      running = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop() {
    lock.lock();
    try {
      running = false;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isRunning() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }

  /** Stops before the web server does, which waits for the listeners to leave. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }
}
