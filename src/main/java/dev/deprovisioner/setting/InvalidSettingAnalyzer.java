package dev.deprovisioner.setting;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends a start with a wrong setting in a sentence instead of a stack trace. */
class InvalidSettingAnalyzer extends AbstractFailureAnalyzer<InvalidSetting> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, InvalidSetting cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), failure);
    }
}
