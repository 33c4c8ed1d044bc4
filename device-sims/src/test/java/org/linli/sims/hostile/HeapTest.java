package org.linli.sims.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HeapTest {

  @Test
  void readsTheSerialCollectorsParts() {
    assertThat(
            Heap.parse(
                    """
                    4711:
                    def new generation   total 9792K, used 1024K [0xf8000000, 0xf8aa0000, 0xfaaa0000)
                      eden space 8704K,  11% used [0xf8000000, 0xf8100000, 0xf8880000)
                      from space 1088K,   0% used [0xf8880000, 0xf8880000, 0xf8990000)
                    tenured generation   total 43520K, used 31744K [0xfaaa0000, 0xfd520000, 0x100000000)
                      the  space 43520K,  73% used [0xfaaa0000, 0xfc9a0000, 0xfd520000)
                    Metaspace       used 70000K, committed 70500K, reserved 114688K
                      class space    used 9000K, committed 9300K, reserved 49152K
                    """)
                .getAsDouble())
        .isEqualTo(32);
  }

  @Test
  void readsTheGarbageFirstCollectors() {
    assertThat(
            Heap.parse(
                    """
                    garbage-first heap   total reserved 524288K, committed 262144K, used 134144K [0xe0000000, 0x100000000)
                     region size 1024K, 3 young (3072K), 2 survivors (2048K)
                    Metaspace       used 90000K, committed 90500K, reserved 114688K
                      class space    used 12000K, committed 12300K, reserved 49152K
                    """)
                .getAsDouble())
        .isCloseTo(131, within(0.1));
  }

  @Test
  void knowsNothingWhereNothingWasSaid() {
    assertThat(Heap.parse("")).isEmpty();
    assertThat(Heap.parse("com.sun.tools.attach.AttachNotSupportedException")).isEmpty();
  }
}
