package dev.penstock.samples.services;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * A service that runs on this machine in a process of its own. To add one, implement this and put
 * it into {@link LocalServices}.
 */
interface LocalService {

  /** The word for it on the command line. */
  String name();

  /** The port that it is to listen on. */
  int port(ServicesOptions options);

  /** The flag that chooses the port. */
  String portFlag();

  /** The class whose {@code main} runs it until the process ends, and that class's arguments. */
  List<String> program(ServicesOptions options, Path dataDir);

  /** What answers with HTTP 200 once it can be used. */
  URI health(ServicesOptions options);

  /** Lines for the user who wants to use it: address and flags. */
  List<String> usage(ServicesOptions options, Path dataDir);
}
