package dev.penstock.pipelines.run;

import static org.junit.Assert.assertEquals;

import dev.penstock.pipelines.csvtowarehouse.CsvToWarehouseOptions;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.Test;

public class GivenFlagsTest {
  @Test
  public void flagsAreShownAsTheyWereGivenWithoutSecrets() {
    CsvToWarehouseOptions options =
        PipelineOptionsFactory.fromArgs(
                "--contract=loans.yaml",
                "--input=in/*.csv",
                "--to=jdbc:postgresql://me:hunter2@db/x?password=hunter2",
                "--passwordFile=/run/secrets/db",
                "--mode=UPSERT",
                "--runId=7")
            .as(CsvToWarehouseOptions.class);

    assertEquals(
        Map.of(
            "contract", "loans.yaml",
            "input", "in/*.csv",
            "mode", "UPSERT",
            "passwordFile", "***",
            "to", "jdbc:postgresql://me:***@db/x?password=***"),
        GivenFlags.of(options));
  }
}
