import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Validates PDF files with the engine of veraPDF.
 *
 * <p>Argument: flavours with commas between ("ua1,3a"). Reads names of files from standard input, one a line, as long
 * as there are any. Answers each with one line for each flavour, fields parted by tabs: file, flavour, number of checks
 * made, and for each rule that failed "clause-test: first message"; then with an empty line.
 */
public final class Vera {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader files = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String file = files.readLine(); file != null; file = files.readLine()) {
            for (String name : arguments[0].split(",")) {
                System.out.println(line(file, name));
            }
            System.out.println();
            System.out.flush();
        }
    }

    private static String line(String file, String name) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.fromString(name);
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            throw new IllegalArgumentException("unknown flavour " + name);
        }
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, String> failed = new TreeMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    failed.putIfAbsent(
                            assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber(),
                            assertion.getMessage() + " @ " + assertion.getLocation().getContext());
                }
            }
            if (failed.isEmpty() != result.isCompliant()) {
                throw new IllegalStateException("verdict and assertions disagree for " + file);
            }
            String rules = failed.entrySet().stream()
                    .map(rule -> "\t" + rule.getKey() + ": " + rule.getValue().replaceAll("\\s+", " "))
                    .collect(Collectors.joining());
            return file + "\t" + name + "\t" + result.getTotalAssertions() + rules;
        }
    }
}
