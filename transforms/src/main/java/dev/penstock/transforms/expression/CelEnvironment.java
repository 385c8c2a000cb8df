package dev.penstock.transforms.expression;

import dev.cel.common.CelOptions;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;

/** The CEL that expressions are written in: its functions, and its limits. */
final class CelEnvironment {
  /** Characters of an expression. */
  static final int MAX_LENGTH = 4000;

  /** Levels of nesting; what the parser needs for them fits a small stack. */
  static final int MAX_DEPTH = 100;

  /** Steps of the macros over lists, all loops of one evaluation together. */
  static final int MAX_STEPS = 100_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(MAX_DEPTH)
          .comprehensionMaxIterations(MAX_STEPS)
          // Instants and durations are those of java.time.
          .evaluateCanonicalTypesToNativeValues(true)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private static final DecimalFunctions DECIMALS = new DecimalFunctions();
  private static final DateFunctions DATES = new DateFunctions();

  /** Plain: the result of any other one could be far larger than what goes in. */
  private static final CelStringExtensions STRINGS =
      CelExtensions.strings(
          Function.CHAR_AT,
          Function.INDEX_OF,
          Function.LAST_INDEX_OF,
          Function.LOWER_ASCII,
          Function.SUBSTRING,
          Function.TRIM,
          Function.UPPER_ASCII);

  private static final CelRuntime RUNTIME = runtime(false);
  private static final CelRuntime TRACKING_RUNTIME = runtime(true);

  private CelEnvironment() {}

  static CelCompilerBuilder compiler() {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(
            CelStandardMacro.ALL,
            CelStandardMacro.EXISTS,
            CelStandardMacro.EXISTS_ONE,
            CelStandardMacro.FILTER,
            CelStandardMacro.MAP,
            CelStandardMacro.MAP_FILTER)
        .addFunctionDeclarations(DECIMALS.declarations())
        .addFunctionDeclarations(DATES.declarations())
        .addLibraries(STRINGS);
  }

  private static CelRuntime runtime(boolean unknowns) {
    return CelRuntimeFactory.standardCelRuntimeBuilder()
        .setOptions(OPTIONS.toBuilder().enableUnknownTracking(unknowns).build())
        .addFunctionBindings(DECIMALS.bindings())
        .addFunctionBindings(DATES.bindings())
        .addLibraries(STRINGS)
        .build();
  }

  /** Evaluates expressions all of whose fields have a value. */
  static CelRuntime runtime() {
    return RUNTIME;
  }

  /** Evaluates expressions of which some fields are unknown; it takes about three times as long. */
  static CelRuntime trackingRuntime() {
    return TRACKING_RUNTIME;
  }
}
