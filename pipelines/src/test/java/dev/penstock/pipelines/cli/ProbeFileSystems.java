package dev.penstock.pipelines.cli;

import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;

/** A file system {@code probe://} that only says with which options Beam has made it. */
public final class ProbeFileSystems implements FileSystemRegistrar {
  @Override
  public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
    return List.of(new Probe("probe made with --tempLocation=" + options.getTempLocation()));
  }

  private static final class Probe extends FileSystem<ResourceId> {
    private final String message;

    Probe(String message) {
      this.message = message;
    }

    private UnsupportedOperationException refusal() {
      return new UnsupportedOperationException(message);
    }

    @Override
    protected List<MatchResult> match(List<String> specs) {
      throw refusal();
    }

    @Override
    protected WritableByteChannel create(ResourceId file, CreateOptions options) {
      throw refusal();
    }

    @Override
    protected ReadableByteChannel open(ResourceId file) {
      throw refusal();
    }

    @Override
    protected void copy(List<ResourceId> from, List<ResourceId> to) {
      throw refusal();
    }

    @Override
    protected void rename(List<ResourceId> from, List<ResourceId> to, MoveOptions... options) {
      throw refusal();
    }

    @Override
    protected void delete(Collection<ResourceId> files) {
      throw refusal();
    }

    @Override
    protected ResourceId matchNewResource(String file, boolean isDirectory) {
      throw refusal();
    }

    @Override
    protected String getScheme() {
      return "probe";
    }
  }
}
