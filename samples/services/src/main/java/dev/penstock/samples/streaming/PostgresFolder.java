package dev.penstock.samples.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.pipelines.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The data of one PostgreSQL server, with one database. */
final class PostgresFolder {
  private final PostgresPrograms programs;
  private final Path folder;

  PostgresFolder(PostgresPrograms programs, Path folder) {
    this.programs = programs;
    this.folder = folder;
  }

  Path data() {
    return folder.resolve("data");
  }

  /** Makes the data, unless they are there. What was broken off is begun anew. */
  void prepare(String database) throws IOException {
    if (Files.exists(data())) {
      return;
    }
    Files.createDirectories(folder);
    Path fresh = Files.createTempDirectory(folder, "new");
    Path password = Files.writeString(folder.resolve("password"), PostgresServer.PASSWORD);
    run(
        "",
        programs.command(
            "initdb",
            "--pgdata=" + fresh,
            "--username=" + PostgresServer.USER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            // The same order and the same letters on every machine.
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C"));
    run(
        "CREATE DATABASE " + database + ";\n",
        programs.command("postgres", "--single", "-D", fresh.toString(), "postgres"));
    Files.delete(password);
    Files.move(fresh, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void run(String input, List<String> command) throws IOException {
    Path in = Files.writeString(folder.resolve("input"), input);
    Process process;
    try {
      process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectInput(in.toFile()).start();
    } catch (IOException e) {
      throw new UsageException(
          "PostgreSQL could not be set up in " + folder + ": " + e.getMessage(), e);
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int code = process.onExit().join().exitValue();
    Files.delete(in);
    if (code != 0 || output.contains("ERROR:")) {
      throw new UsageException(
          "PostgreSQL could not be set up in "
              + folder
              + (command.contains("unshare")
                  ? ". It does not run as root, and here root may not give up its rights (unshare"
                      + " --user): call it as another user. "
                  : ". ")
              + "It said:\n"
              + output);
    }
  }
}
