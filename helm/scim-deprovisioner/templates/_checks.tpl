{{/* What a schema cannot say; each ends the rendering with a sentence. */}}
{{- define "deprovisioner.checks" -}}
{{- include "deprovisioner.checkReplicas" . }}
{{- include "deprovisioner.checkStop" . }}
{{- range $prefix := list "deprovisioner" "spring" "server" "management" "logging" }}
{{- include "deprovisioner.checkNoSecret" (dict "path" $prefix "value" (get $.Values $prefix)) }}
{{- end }}
{{- include "deprovisioner.checkEnvironment" . }}
{{- include "deprovisioner.checkDatabaseUrlIsSeen" . }}
{{- end }}

{{- define "deprovisioner.checkReplicas" -}}
{{- if and (include "deprovisioner.embedded" .) (include "deprovisioner.several" .) }}
{{- fail "More than one pod (replicaCount, autoscaling.enabled) needs PostgreSQL: the embedded database is a file that one process holds. Set spring.datasource.url to jdbc:postgresql://HOST/DATABASE." }}
{{- end }}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) }}
{{- fail "autoscaling.minReplicas must be at most autoscaling.maxReplicas." }}
{{- end }}
{{- end }}

{{- define "deprovisioner.checkStop" -}}
{{- $least := add (int .Values.preStopSeconds) 60 }}
{{- if lt (int .Values.terminationGracePeriodSeconds) (int $least) }}
{{- fail (printf "terminationGracePeriodSeconds must be at least preStopSeconds and 60 more (%d): 30 for requests that callers wait for, and 30 for the runs." (int $least)) }}
{{- end }}
{{- end }}

{{/* Walks down: no name and no text in a ConfigMap may be that of a secret, however its name is written. */}}
{{- define "deprovisioner.checkNoSecret" -}}
{{- $path := .path }}
{{- if kindIs "map" .value }}
{{- range $key, $value := .value }}
{{- include "deprovisioner.checkNoSecret" (dict "path" (printf "%s.%s" $path $key) "value" $value) }}
{{- end }}
{{- else if kindIs "slice" .value }}
{{- range $index, $value := .value }}
{{- include "deprovisioner.checkNoSecret" (dict "path" (printf "%s[%d]" $path $index) "value" $value) }}
{{- end }}
{{- else if and .value (include "deprovisioner.isSecret" .) }}
{{- fail (printf "%s is a secret, and this value would stand in a ConfigMap: put it into secrets.values, or into a Secret that secrets.existing names." $path) }}
{{- end }}
{{- end }}

{{/* Placeholders are no secrets: what they stand for comes from elsewhere. */}}
{{- define "deprovisioner.isSecret" -}}
{{- $name := regexReplaceAll "\\[\\d+\\]$" .path "" | splitList "." | last | lower | replace "-" "" | replace "_" "" }}
{{- $text := toString .value }}
{{- $named := and (regexMatch "(secrets?|password|passphrase)\\d*$" $name) (not (regexMatch "^\\$\\{[^:{}]+}$" $text)) }}
{{- $inQuery := regexMatch "(?i)^https?://[^?]*\\?(.*[&;])?[^=&;]*(secret|token|passw|key|signature|credential|auth|code)[^=&;]*=" $text }}
{{- $inQuery = or $inQuery (regexMatch "(?i)^https?://[^?]*\\?(.*[&;])?(sig|pw|pwd|pass)=" $text) }}
{{- if or $named $inQuery (regexMatch "(?i)([?&;]password=|://[^/?#@]*:[^/?#@]*@|-----BEGIN [A-Z ]*PRIVATE KEY|whsec_)" $text) }}true{{ end }}
{{- end }}

{{- define "deprovisioner.checkEnvironment" -}}
{{- range .Values.extraEnv }}
{{- if and (hasKey . "value") (include "deprovisioner.isSecret" (dict "path" (.name | replace "." "") "value" .value)) }}
{{- fail (printf "The environment variable %s in extraEnv is a secret: take it with valueFrom from a Secret." .name) }}
{{- end }}
{{- if has .name (list "SPRING_CONFIG_ADDITIONAL_LOCATION" "SPRING_CONFIG_IMPORT") }}
{{- fail (printf "%s in extraEnv is what the chart itself sets: use spring.config.import, or JAVA_TOOL_OPTIONS." .name) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "deprovisioner.checkDatabaseUrlIsSeen" -}}
{{- $names := include "deprovisioner.secretNames" . | fromJsonArray }}
{{- range .Values.extraEnv }}{{ $names = append $names (.name | lower | replace "_" ".") }}{{ end }}
{{- if has "spring.datasource.url" $names }}
{{- fail "spring.datasource.url belongs into the values, where the chart sees which database it is; only spring.datasource.username and spring.datasource.password are for secrets." }}
{{- end }}
{{- end }}
