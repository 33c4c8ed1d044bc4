package org.linli.hub.gateway.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final TokenBucket bucket = new TokenBucket(3, Duration.ofSeconds(1), now::get);

  private long taken(int tries) {
    return IntStream.range(0, tries).filter(i -> bucket.tryTake()).count();
  }

  @Test
  void givesSomeAtOnceThenOneInEachPeriodAndSavesNoMoreThanThat() {
    assertThat(taken(10)).isEqualTo(3);
    now.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(taken(10)).isZero();
    assertThat(bucket.nanosToNext()).isEqualTo(Duration.ofMillis(1).toNanos());
    now.addAndGet(bucket.nanosToNext());
    assertThat(taken(10)).isEqualTo(1);
    now.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(taken(10)).isEqualTo(3);
  }
}
