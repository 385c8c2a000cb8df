package dev.penstock;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchUnitRunner;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.beam.sdk.transforms.DoFn;
import org.junit.runner.RunWith;

/** Holds the library's modules and packages to the directions that docs/architecture.md draws. */
@RunWith(ArchUnitRunner.class)
@AnalyzeClasses(
    packages = "dev.penstock",
    importOptions = {ImportOption.DoNotIncludeTests.class})
public class ArchitectureTest {

  @ArchTest
  public static final ArchRule libraryCodeKnowsNoRunner =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.beam.runners..", "org.apache.flink..")
          .because("the same pipeline runs everywhere; runners belong to runner-configs");

  @ArchTest
  public static final ArchRule transformsDoNotKnowIo =
      noClasses()
          .that()
          .resideInAPackage("dev.penstock.transforms..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.penstock.io..", "dev.penstock.pipelines..");

  @ArchTest
  public static final ArchRule ioKnowsOnlyTheVocabularyOfTransforms =
      noClasses()
          .that()
          .resideInAPackage("dev.penstock.io..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("dev.penstock.pipelines..")
                  .or(
                      resideInAPackage("dev.penstock.transforms..")
                          .and(
                              com.tngtech.archunit.base.DescribedPredicate.not(
                                  resideInAnyPackage(
                                      "dev.penstock.transforms.contract",
                                      "dev.penstock.transforms.deadletter",
                                      "dev.penstock.transforms.ledger",
                                      "dev.penstock.transforms.csv")))))
          .because("io stands on contract, deadletter, ledger and the CSV grammar (ADR 0004)");

  @ArchTest
  public static final ArchRule stepsDoNotKnowEachOther =
      slices()
          .matching("dev.penstock.transforms.(parse|validate|enrich|aggregate)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  public static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.penstock.(**)").should().beFreeOfCycles();

  @ArchTest
  public static final ArchRule noJunkDrawers =
      noClasses()
          .should()
          .resideInAnyPackage("..common..", "..util..", "..utils..", "..helpers..", "..misc..");

  @ArchTest
  public static final ArchRule functionsAreHiddenBehindTheirTransform =
      classes()
          .that()
          .areAssignableTo(DoFn.class)
          .should()
          .notBePublic()
          .because("users compose PTransforms; a DoFn is a detail of one");

  @ArchTest
  public static final ArchRule nothingSleeps =
      noClasses()
          .that()
          .resideInAPackage("dev.penstock.transforms..")
          .should()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  public static final ArchRule everyPackageIsNullMarked =
      classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith(org.jspecify.annotations.NullMarked.class);
}
