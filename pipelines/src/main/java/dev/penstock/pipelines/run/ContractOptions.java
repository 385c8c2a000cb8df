package dev.penstock.pipelines.run;

import dev.penstock.pipelines.cli.Flag;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;

/** Options of pipelines that hold records against a contract. */
public interface ContractOptions extends AccountedOptions {
  @Flag(
      section = "Input",
      example = "samples/contracts/kiva-loans.yaml",
      names = Flag.Names.FILE_TO_READ)
  @Description("Data contract: an ODCS v3 document in YAML or JSON, on any Beam file system.")
  @Validation.Required
  String getContract();

  void setContract(String contract);
}
