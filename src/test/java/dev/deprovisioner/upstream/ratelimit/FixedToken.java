package dev.deprovisioner.upstream.ratelimit;

/** A token that never has to be fetched. */
enum FixedToken implements Pacing.Bearer {
    TOKEN;

    @Override
    public String token() {
        return "token";
    }

    @Override
    public boolean isCurrent(String token) {
        return true;
    }
}
