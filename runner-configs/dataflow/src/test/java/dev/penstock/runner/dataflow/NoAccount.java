package dev.penstock.runner.dataflow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.beam.model.pipeline.v1.RunnerApi;

/** What stands in for an account, for buckets and for jars: folders and one small file here. */
public record NoAccount(Path folder) {

  /** Makes what the flags name. */
  public static NoAccount in(Path folder) throws IOException {
    NoAccount account = new NoAccount(folder);
    Files.createDirectories(account.temporary());
    // What the workers would get: any file will do, since there are none.
    try (OutputStream file = Files.newOutputStream(account.jar());
        JarOutputStream jar = new JarOutputStream(file)) {
      jar.putNextEntry(new JarEntry("staged"));
    }
    return account;
  }

  private Path temporary() {
    return folder.resolve("tmp");
  }

  private Path jar() {
    return folder.resolve("staged.jar");
  }

  /** No credentials, and nothing looked for in buckets. */
  List<String> local() {
    String gcp = "org.apache.beam.sdk.extensions.gcp.";
    return List.of(
        "--credentialFactoryClass=" + gcp + "auth.NoopCredentialFactory",
        "--pathValidatorClass=" + gcp + "storage.NoopPathValidator",
        "--workersShareFiles=true",
        "--filesToStage=" + jar());
  }

  /** All that a job on Dataflow needs beside its own flags. */
  public List<String> flags() {
    List<String> flags = new ArrayList<>(local());
    flags.add("--runner=DataflowRunner");
    flags.add("--project=a-project");
    flags.add("--region=europe-west1");
    flags.add("--tempLocation=" + temporary());
    return flags;
  }

  /** Takes the graph that Beam's runner has staged for the workers of the last job. */
  public PipelineGraph takeStagedGraph() throws IOException {
    return PipelineGraph.of(takeStaged());
  }

  /** Takes the pipeline that Beam's runner has staged for the workers of the last job. */
  RunnerApi.Pipeline takeStaged() throws IOException {
    try (Stream<Path> files = Files.list(temporary().resolve("staging"))) {
      Path staged =
          files
              .filter(file -> file.getFileName().toString().matches("pipeline-.*\\.pb"))
              .findFirst()
              .orElseThrow();
      byte[] pipeline = Files.readAllBytes(staged);
      Files.delete(staged);
      return RunnerApi.Pipeline.parseFrom(pipeline);
    }
  }
}
