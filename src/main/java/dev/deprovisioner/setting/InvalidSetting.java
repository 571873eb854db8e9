package dev.deprovisioner.setting;

/** A setting with which the service must not start. */
public final class InvalidSetting extends IllegalArgumentException {

    private final String remedy;

    /**
     * @param what names the property and what is wrong with it
     * @param remedy what to do, with an example
     */
    public InvalidSetting(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
