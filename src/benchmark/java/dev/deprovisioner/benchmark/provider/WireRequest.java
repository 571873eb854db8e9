package dev.deprovisioner.benchmark.provider;

/** @param target path and query as they were sent */
record WireRequest(String method, String target, String body) {

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
