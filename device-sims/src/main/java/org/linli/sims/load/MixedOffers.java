package org.linli.sims.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.linli.sims.equipment.Dialect;
import org.linli.sims.equipment.Format;
import org.linli.sims.equipment.Mark;
import org.linli.sims.equipment.Message;
import org.linli.sims.equipment.Mix;

/** Messages of many vendors by their weights, each vendor's pieces of equipment in turn. */
final class MixedOffers implements Offers {

  private record Piece(int connection, Dialect dialect) {}

  private final List<Format> cycle;
  private final Map<Format, List<Piece>> pieces = new EnumMap<>(Format.class);
  private final Map<Format, Integer> turns = new EnumMap<>(Format.class);
  private final String run;

  /**
   * @param shares how many pieces of equipment each format has
   */
  MixedOffers(Mix mix, Map<Format, Integer> shares, long seed, String run) {
    this.cycle = mix.cycle();
    this.run = run;
    int connection = 0;
    for (Map.Entry<Format, Integer> share : shares.entrySet()) {
      List<Piece> ofFormat = new ArrayList<>();
      for (int number = 0; number < share.getValue(); number++) {
        String name = name(share.getKey(), number);
        ofFormat.add(new Piece(connection++, share.getKey().piece(name, number, seed)));
      }
      pieces.put(share.getKey(), ofFormat);
    }
  }

  /** The connections for these pieces, in order. */
  static List<Connections.Opening> openings(Map<Format, Integer> shares) {
    List<Connections.Opening> openings = new ArrayList<>();
    shares.forEach(
        (format, share) -> {
          for (int number = 0; number < share; number++) {
            openings.add(
                new Connections.Opening(LoadProtocol.of(format.way()), name(format, number)));
          }
        });
    return openings;
  }

  private static String name(Format format, int number) {
    return "load-" + format + "-" + number;
  }

  @Override
  public Offer next(long number, Instant time) {
    Format format = cycle.get((int) (number % cycle.size()));
    List<Piece> ofFormat = pieces.getOrDefault(format, List.of());
    int turn = turns.merge(format, 1, Integer::sum) - 1;
    Piece piece = ofFormat.get(turn % ofFormat.size());
    Message message = piece.dialect().next(new Mark(run, number), time);
    return new Offer(
        piece.connection(),
        message.letter(),
        (journal, of, connection) ->
            journal.offered(of, connection, time, format, message.expectation()),
        null);
  }
}
