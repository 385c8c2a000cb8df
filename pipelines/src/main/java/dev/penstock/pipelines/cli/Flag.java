package dev.penstock.pipelines.cli;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What help says about a flag beyond Beam's {@code @Description} and {@code @Default}; put on the
 * getter.
 *
 * <pre>{@code
 * @Description("The data contract: an ODCS v3.1 document.")
 * @Flag(section = "Input", example = "contracts/loans.yaml")
 * @Validation.Required
 * String getContract();
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Flag {
  /** A value that works, without the flag's name. */
  String example() default "";

  /** What happens when the flag is left out and no fixed default can say it. */
  String whenAbsent() default "";

  /** The heading under which help lists the flag. */
  String section() default "Flags";
}
