package dev.penstock.pipelines.cli;

import java.beans.Introspector;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.options.ValueProvider;

/** One flag, as its getter in an option interface describes it. */
record FlagSpec(String name, Method getter) {

  /** The flag of a getter, if the method is one. */
  static Optional<FlagSpec> of(Method method) {
    boolean property = method.getParameterCount() == 0 && !method.isDefault();
    String name = method.getName();
    Class<?> type = method.getReturnType();
    if (property && name.startsWith("get") && name.length() > 3 && type != void.class) {
      return Optional.of(new FlagSpec(Introspector.decapitalize(name.substring(3)), method));
    }
    if (property && name.startsWith("is") && name.length() > 2 && isBoolean(type)) {
      return Optional.of(new FlagSpec(Introspector.decapitalize(name.substring(2)), method));
    }
    return Optional.empty();
  }

  private static boolean isBoolean(Class<?> type) {
    return type == boolean.class || type == Boolean.class;
  }

  Class<?> type() {
    return getter.getReturnType();
  }

  boolean isBoolean() {
    return isBoolean(type());
  }

  boolean isText() {
    return type() == String.class || type() == ValueProvider.class;
  }

  boolean isWholeNumber() {
    return List.of(int.class, Integer.class, long.class, Long.class, short.class, Short.class)
        .contains(type());
  }

  boolean isNumber() {
    return List.of(double.class, Double.class, float.class, Float.class).contains(type());
  }

  boolean isRepeatable() {
    return Iterable.class.isAssignableFrom(type()) || type().isArray();
  }

  @SuppressWarnings("unchecked") // every getter of an option interface is declared in one
  Class<? extends PipelineOptions> declaredIn() {
    return (Class<? extends PipelineOptions>) getter.getDeclaringClass();
  }

  /** True for what belongs to the command, false for what Beam or a runner brings. */
  boolean isOwn() {
    return !getter.getDeclaringClass().getName().startsWith("org.apache.beam.");
  }

  boolean isHidden() {
    return getter.isAnnotationPresent(Hidden.class)
        || getter.getDeclaringClass().isAnnotationPresent(Hidden.class)
        || getter.isAnnotationPresent(com.fasterxml.jackson.annotation.JsonIgnore.class);
  }

  /** True when the flag must be given whatever the others are. */
  boolean isRequired() {
    Validation.Required required = getter.getAnnotation(Validation.Required.class);
    return required != null && required.groups().length == 0;
  }

  /** Groups of flags of which one must be given. */
  List<String> requiredGroups() {
    Validation.Required required = getter.getAnnotation(Validation.Required.class);
    return required == null ? List.of() : List.of(required.groups());
  }

  String description() {
    Description description = getter.getAnnotation(Description.class);
    return description == null ? "" : description.value().strip();
  }

  String section() {
    Flag flag = getter.getAnnotation(Flag.class);
    return flag == null ? "Flags" : flag.section();
  }

  /** The flag with a value that works, or nothing when the interface gives none. */
  Optional<String> example() {
    Flag flag = getter.getAnnotation(Flag.class);
    return flag == null || flag.example().isEmpty()
        ? Optional.empty()
        : Optional.of("--" + name + "=" + flag.example());
  }

  /** The flag with its example, or with the kind of value that it takes. */
  String sample() {
    return example().orElse("--" + name + "=" + (isBoolean() ? "true" : typeName()));
  }

  /** What holds when the flag is left out, or nothing when the interface does not say. */
  Optional<String> defaultText() {
    Flag flag = getter.getAnnotation(Flag.class);
    if (flag != null && !flag.whenAbsent().isEmpty()) {
      return Optional.of(flag.whenAbsent());
    }
    return fixedDefault().map(FlagSpec::defaultText);
  }

  /** The value that holds when the flag is left out, if the interface fixes one. */
  Optional<String> defaultValue() {
    return fixedDefault()
        .filter(annotation -> !(annotation instanceof Default.InstanceFactory))
        .map(FlagSpec::defaultText);
  }

  private Optional<Annotation> fixedDefault() {
    return Arrays.stream(getter.getAnnotations())
        .filter(a -> a.annotationType().getEnclosingClass() == Default.class)
        .findFirst();
  }

  /** What the flag's text names. */
  Flag.Names names() {
    Flag flag = getter.getAnnotation(Flag.class);
    return flag == null ? Flag.Names.VALUE : flag.names();
  }

  /** True when workers elsewhere cannot do with what holds when the flag is left out. */
  boolean isDefaultLocal() {
    Flag flag = getter.getAnnotation(Flag.class);
    return flag != null && flag.defaultIsLocal();
  }

  private static String defaultText(Annotation annotation) {
    if (annotation instanceof Default.InstanceFactory) {
      return "chosen at start";
    }
    if (annotation instanceof Default.Class type) {
      return type.value().getSimpleName();
    }
    if (annotation instanceof Default.Enum constant) {
      return shown(constant.value());
    }
    try {
      return String.valueOf(annotation.annotationType().getMethod("value").invoke(annotation));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot read " + annotation, e);
    }
  }

  /** What kind of value the flag takes, as help shows it. */
  String typeName() {
    if (isBoolean()) {
      return "true|false";
    }
    if (type().isEnum()) {
      return enumValues().collect(Collectors.joining("|"));
    }
    if (isWholeNumber()) {
      return "<whole number>";
    }
    if (isNumber()) {
      return "<number>";
    }
    return isRepeatable() ? "<text,text,…>" : "<text>";
  }

  /** The constant that a value means, whatever its case and word marks. */
  Optional<String> enumConstant(String value) {
    return Arrays.stream(type().getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name())
        .filter(constant -> shown(constant).equals(shown(value)))
        .findFirst();
  }

  java.util.stream.Stream<String> enumValues() {
    return Arrays.stream(type().getEnumConstants()).map(c -> shown(((Enum<?>) c).name()));
  }

  private static String shown(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
