package dev.penstock.transforms.contract;

import dev.penstock.transforms.fuzzing.GuidedFuzzing;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** Documents that lead to code of the loader which no other document has reached. */
@RunWith(JUnit4.class)
public final class ContractGuidedFuzzTest {
  private static final int EXECUTIONS = 1_000;

  @Test
  public void everyDocumentIsReadOrRefused() throws Exception {
    GuidedFuzzing.of(ContractFuzzTarget.class)
        .guidedBy("org.snakeyaml.engine.**")
        .seeds("contract")
        .seeds("fuzzing/contract")
        .check(EXECUTIONS);
  }
}
