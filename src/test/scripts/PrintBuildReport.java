import dev.deprovisioner.buildreport.BuildReport;
import java.nio.file.Path;

/** Prints the report of the build whose target directory is the only argument. Compiled by its launch, as Maven finds one main class only. */
class PrintBuildReport {

    public static void main(String[] arguments) {
        System.out.print(BuildReport.of(Path.of(arguments[0])));
    }
}
