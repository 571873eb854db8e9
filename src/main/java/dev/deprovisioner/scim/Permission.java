package dev.deprovisioner.scim;

/** What the provider has to permit. Only some providers have a scope for it. */
enum Permission {
    READ_GROUPS("read groups", "scim:group:read", "directory:group:edit"),
    LIST_GROUPS("list groups", "scim:group:read", "directory:group:edit"),
    CHANGE_MEMBERS("change the members of groups", "scim:group:write", "directory:group:edit"),
    DELETE_GROUPS("delete groups", "scim:group:delete", "directory:group:delete"),
    /** In the provider's own API. By its documentation, Genesys Cloud needs no permission for that. */
    VIEW_NATIVE_GROUPS("view groups in the provider's own API", "", "directory:group:view");

    private final String action;
    private final String scope;
    private final String inRoles;

    Permission(String action, String scope, String inRoles) {
        this.action = action;
        this.scope = scope;
        this.inRoles = inRoles;
    }

    /** Completes "the permission to". */
    String action() {
        return action;
    }

    /** Of the client's tokens; empty for none. */
    String scope() {
        return scope;
    }

    /** The name in the roles of Genesys Cloud. */
    String inRoles() {
        return inRoles;
    }
}
