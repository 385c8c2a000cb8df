package dev.penstock.runner.flink;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.Test;

public class FlinkWatchTest {
  /** As Flink 1.19 answers, without what the line does not use. */
  private static final String JOB =
      """
      {"state": "RUNNING", "vertices": [
        {"name": "CHAIN DataSource (at Impulse (wrappers.ImpulseInputFormat)) -> FlatMap",
         "status": "FINISHED", "metrics": {"read-records": 0}},
        {"name": "CHAIN FlatMap (FlatMap at ReadCsv/ReadFiles.out0) -> FlatMap (at ParseCsv/Parse)",
         "status": "RUNNING", "metrics": {"read-records": 1250000}},
        {"name": "FlatMap (FlatMap at ReadCsv/ReadFiles.out1)",
         "status": "RUNNING", "metrics": {"read-records": 3}},
        {"name": "FlatMap (FlatMap at WriteToWarehouse/Write to JDBC/Write batches)",
         "status": "RUNNING", "metrics": {"read-records": 1240118}},
        {"name": "DataSink (DiscardingOutputFormat@1)", "status": "CREATED", "metrics": {}}]}
      """;

  @Test
  public void progressIsTheTasksThatAreDoneAndTheRecordsThatCameIntoTheSteps() throws Exception {
    assertEquals(
        "running, 1 of 5 tasks finished; records: ReadCsv 1,250,000, WriteToWarehouse 1,240,118",
        FlinkWatch.progress(new ObjectMapper().readTree(JOB)));
  }

  @Test
  public void aClusterThatDoesNotAnswerIsSaidToBeSilent() {
    FlinkPipelineOptions options =
        PipelineOptionsFactory.fromArgs("--flinkMaster=localhost:1").as(FlinkPipelineOptions.class);
    FlinkWatch watch = new FlinkWatch();

    assertEquals(Optional.empty(), watch.place(options));
    assertEquals("submitting to http://localhost:1", watch.progress(options));
    assertEquals("Stopped before the job was on the cluster.", watch.stop(options));
  }
}
