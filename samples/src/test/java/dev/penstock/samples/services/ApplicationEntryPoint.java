package dev.penstock.samples.services;

import java.io.File;
import java.util.Arrays;
import org.apache.flink.client.deployment.application.ApplicationClusterEntryPoint;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.resourcemanager.StandaloneResourceManagerFactory;

/**
 * The JobManager of one application, as Flink's {@code standalone-job.sh} starts it: its own class
 * for that is the one part of Flink that Maven Central has not, and no more than this.
 */
public final class ApplicationEntryPoint extends ApplicationClusterEntryPoint {
  private ApplicationEntryPoint(Configuration configuration, PackagedProgram program) {
    super(configuration, program, StandaloneResourceManagerFactory.getInstance());
  }

  /** Takes the folder of the configuration, the jar, and the arguments of its main class. */
  public static void main(String[] args) throws Exception {
    Configuration configuration = GlobalConfiguration.loadConfiguration(args[0]);
    PackagedProgram program =
        PackagedProgram.newBuilder()
            .setJarFile(new File(args[1]))
            .setConfiguration(configuration)
            .setArguments(Arrays.copyOfRange(args, 2, args.length))
            .build();
    configureExecution(configuration, program);
    runClusterEntrypoint(new ApplicationEntryPoint(configuration, program));
  }
}
