package org.linli.hub.history.questdb;

import io.questdb.cairo.CairoConfiguration;
import io.questdb.cairo.CairoEngine;
import io.questdb.griffin.FunctionFactory;
import io.questdb.griffin.engine.functions.bool.AndFunctionFactory;
import io.questdb.griffin.engine.functions.eq.EqSymStrFunctionFactory;
import io.questdb.griffin.engine.functions.eq.EqVarcharStrFunctionFactory;
import io.questdb.griffin.engine.functions.groupby.AvgDoubleGroupByFunctionFactory;
import io.questdb.griffin.engine.functions.groupby.CountGroupByFunctionFactory;
import io.questdb.griffin.engine.functions.groupby.LastDoubleGroupByFunctionFactory;
import io.questdb.griffin.engine.functions.groupby.MaxDoubleGroupByFunctionFactory;
import io.questdb.griffin.engine.functions.groupby.MaxTimestampGroupByFunctionFactory;
import io.questdb.griffin.engine.functions.groupby.MinDoubleGroupByFunctionFactory;
import io.questdb.griffin.engine.functions.lt.LtTimestampFunctionFactory;
import io.questdb.griffin.engine.functions.math.DivLongFunctionFactory;
import io.questdb.griffin.engine.functions.math.SubLongFunctionFactory;
import io.questdb.griffin.engine.functions.regex.MatchSymbolFunctionFactory;
import io.questdb.griffin.engine.functions.regex.MatchVarcharFunctionFactory;
import java.util.List;

/**
 * QuestDB with only the functions that our statements use. By itself QuestDB searches its own jar
 * for a thousand functions, which takes about a second and fails if that jar lies within another,
 * as it does in {@code hub.jar}. A new statement may need a new line here; QuestDB then names the
 * function that it does not know.
 */
final class SmallCairoEngine extends CairoEngine {

  SmallCairoEngine(CairoConfiguration configuration) {
    super(configuration);
  }

  /** Called by the parent's constructor. */
  @Override
  protected Iterable<FunctionFactory> getFunctionFactories() {
    return List.of(
        new AndFunctionFactory(),
        new EqSymStrFunctionFactory(),
        new EqVarcharStrFunctionFactory(),
        new MatchSymbolFunctionFactory(),
        new MatchVarcharFunctionFactory(),
        new LtTimestampFunctionFactory(),
        new SubLongFunctionFactory(),
        new DivLongFunctionFactory(),
        new MinDoubleGroupByFunctionFactory(),
        new MaxDoubleGroupByFunctionFactory(),
        new AvgDoubleGroupByFunctionFactory(),
        new LastDoubleGroupByFunctionFactory(),
        new CountGroupByFunctionFactory(),
        new MaxTimestampGroupByFunctionFactory());
  }
}
