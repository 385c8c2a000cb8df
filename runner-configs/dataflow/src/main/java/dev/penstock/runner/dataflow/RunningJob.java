package dev.penstock.runner.dataflow;

import com.google.api.services.dataflow.Dataflow;
import com.google.api.services.dataflow.model.Job;
import com.google.api.services.dataflow.model.JobMessage;
import com.google.api.services.dataflow.model.MetricUpdate;
import com.google.auth.http.HttpCredentialsAdapter;
import dev.penstock.transforms.ledger.RunOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.runners.dataflow.DataflowPipelineJob;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.util.DataflowTemplateJob;
import org.apache.beam.runners.dataflow.util.DataflowTransport;
import org.apache.beam.runners.dataflow.util.MonitoringUtil;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The job that a run has become, as the service describes it now. Beam's own client asks a service
 * that does not answer again and again for minutes; a look that is taken every few seconds must
 * not.
 */
final class RunningJob {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String ERROR = "JOB_MESSAGE_ERROR";

  private final String id;
  private final DataflowPipelineOptions options;

  private RunningJob(String id, DataflowPipelineOptions options) {
    this.id = id;
    this.options = options;
  }

  /** The job of a run with these options; empty until it is submitted. */
  static Optional<RunningJob> of(PipelineOptions options) {
    return options.as(RunOptions.class).getSubmitted() instanceof DataflowPipelineJob job
            && !(job instanceof DataflowTemplateJob)
        ? Optional.of(new RunningJob(job.getJobId(), options.as(DataflowPipelineOptions.class)))
        : Optional.empty();
  }

  String name() {
    return "Dataflow job " + id;
  }

  boolean isStreaming() {
    return options.isStreaming();
  }

  String console() {
    return MonitoringUtil.getJobMonitoringPageURL(options.getProject(), options.getRegion(), id);
  }

  /** The command that does this with the job. */
  String gcloud(String verb) {
    return "gcloud dataflow jobs "
        + verb
        + " "
        + id
        + " --project="
        + options.getProject()
        + " --region="
        + options.getRegion();
  }

  String state() throws IOException {
    Job job = jobs().get(options.getProject(), options.getRegion(), id).execute();
    return JobCounters.word(job.getCurrentState());
  }

  List<MetricUpdate> metrics() throws IOException {
    return orEmpty(
        jobs().getMetrics(options.getProject(), options.getRegion(), id).execute().getMetrics());
  }

  /** The first error says what went wrong; those after it, that it went wrong again. */
  Optional<String> firstError() throws IOException {
    List<JobMessage> errors =
        orEmpty(
            jobs()
                .messages()
                .list(options.getProject(), options.getRegion(), id)
                .setMinimumImportance(ERROR)
                .execute()
                .getJobMessages());
    return errors.stream().map(JobMessage::getMessageText).filter(Objects::nonNull).findFirst();
  }

  void cancel() throws IOException {
    Job wanted = new Job().setRequestedState("JOB_STATE_CANCELLED");
    var unused = jobs().update(options.getProject(), options.getRegion(), id, wanted).execute();
  }

  private Dataflow.Projects.Locations.Jobs jobs() {
    HttpCredentialsAdapter credentials = new HttpCredentialsAdapter(options.getGcpCredential());
    return DataflowTransport.newDataflowClient(options)
        .setHttpRequestInitializer(
            request -> {
              credentials.initialize(request);
              request.setConnectTimeout((int) PATIENCE.toMillis());
              request.setReadTimeout((int) PATIENCE.toMillis());
            })
        .build()
        .projects()
        .locations()
        .jobs();
  }

  /** The client gives null for a list without elements. */
  @SuppressWarnings("NullAway") // the client's classes have no nullness annotations
  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : list;
  }
}
