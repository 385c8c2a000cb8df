import java.io.File;
import java.io.IOException;
import java.util.TreeSet;
import java.util.jar.JarFile;

/**
 * Prints the classes of a class path that a multi-release jar has for newer versions of Java: {@code java
 * VersionedClasses.java a.jar:b.jar}. Where such a class is in an archive of classes, the JVM looks for it at its
 * usual place in the jar as soon as somebody records its flight, and crashes when it is not there.
 */
final class VersionedClasses {
  private static final String VERSIONS = "META-INF/versions/";
  private static final String CLASS = ".class";

  private VersionedClasses() {}

  public static void main(String[] args) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (String path : args[0].split(File.pathSeparator, -1)) {
      try (JarFile jar = new JarFile(path)) {
        jar.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.startsWith(VERSIONS) && name.endsWith(CLASS))
            .map(name -> name.substring(name.indexOf('/', VERSIONS.length()) + 1, name.length() - CLASS.length()))
            .forEach(names::add);
      }
    }
    names.forEach(System.out::println);
  }
}
