package org.linli.event.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.github.luben.zstd.Zstd;

/**
 * Looks for bytes that the decoders of the wire cannot stand. The build runs it with {@code
 * JAZZER_FUZZ=1}; anywhere else it tries the kept inputs only.
 */
class CodecFuzzTest {

  @FuzzTest(maxDuration = "4s")
  void decodesOrRefusesWhateverTheBytesAre(byte[] bytes) {
    assertThat(ReceiptCodec.decode(bytes)).isNotNull();
    assertThat(BatchCodec.decode(bytes)).isNotNull();
    assertThat(GatewayRegistryCodec.decode(bytes)).isNotNull();
    assertThat(EquipmentReportCodec.decode(bytes)).isNotNull();
    // No fuzzer guesses a zstd frame: what is in one is tried by itself.
    byte[] frame = Zstd.compress(bytes, 1);
    assertThat(BatchCodec.decode(frame)).isNotNull();
    assertThat(GatewayRegistryCodec.decode(frame)).isNotNull();
    assertThat(EquipmentReportCodec.decode(frame)).isNotNull();
  }
}
