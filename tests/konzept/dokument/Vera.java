import java.io.File;
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
 * <p>Arguments: flavours with commas between ("ua1,3a"), then files. Writes one line for each file and flavour, fields
 * parted by tabs: file, flavour, number of checks made, and for each rule that failed "clause-test: first message".
 */
public final class Vera {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (int i = 1; i < arguments.length; i++) {
            for (String name : arguments[0].split(",")) {
                System.out.println(line(arguments[i], name));
            }
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
