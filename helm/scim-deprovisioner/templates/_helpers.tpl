{{- define "deprovisioner.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" }}
{{- end }}

{{/* Names of Services have no dots and at most 63 characters, also with what is appended to it. */}}
{{- define "deprovisioner.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | replace "." "-" | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- $name := include "deprovisioner.name" . }}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | replace "." "-" | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* Alerts and dashboards select an installation by this name, for every name of a release. */}}
{{- define "deprovisioner.job" -}}
{{- $fullname := include "deprovisioner.fullname" . }}
{{- ternary $fullname (printf "%s-%s" .Chart.Name $fullname) (contains .Chart.Name $fullname) }}
{{- end }}

{{- define "deprovisioner.selectorLabels" -}}
app.kubernetes.io/name: {{ include "deprovisioner.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "deprovisioner.labels" -}}
{{ include "deprovisioner.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name (.Chart.Version | replace "+" "_") }}
{{- end }}

{{- define "deprovisioner.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{- define "deprovisioner.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "deprovisioner.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "deprovisioner.claimName" -}}
{{- default (printf "%s-data" (include "deprovisioner.fullname" .)) .Values.persistence.existingClaim }}
{{- end }}

{{/* The database is where the service itself looks: in spring.datasource.url alone. */}}
{{- define "deprovisioner.databaseUrl" -}}
{{- dig "datasource" "url" "" .Values.spring | default "jdbc:h2:retry:durable:/data/deprovisioner;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE" }}
{{- end }}

{{/* Not empty if the database is a file on the volume, which one process holds. */}}
{{- define "deprovisioner.embedded" -}}
{{- if hasPrefix "jdbc:h2:" (include "deprovisioner.databaseUrl" .) }}true{{ end }}
{{- end }}

{{/* Not empty if there may be more than one pod. */}}
{{- define "deprovisioner.several" -}}
{{- if or .Values.autoscaling.enabled (gt (int .Values.replicaCount) 1) }}true{{ end }}
{{- end }}

{{/* What the service reads as application.yaml: the values that are named as its properties are. */}}
{{- define "deprovisioner.application" -}}
{{- $datasource := dict "datasource" (dict "url" (include "deprovisioner.databaseUrl" .)) }}
{{- $spring := mergeOverwrite (deepCopy .Values.spring) $datasource }}
{{- with .Values.preset }}
{{- $profiles := get $spring "profiles" | default dict }}
{{- $active := get $profiles "active" | default list }}
{{- $names := ternary $active (list $active) (kindIs "slice" $active) }}
{{- $_ := set $spring "profiles" (mergeOverwrite $profiles (dict "active" (prepend $names .))) }}
{{- end }}
{{- /* Else the management port would follow server.ssl, and probes and Prometheus ask it by plain http. */}}
{{- $plain := dict "server" (dict "ssl" (dict "enabled" false)) }}
{{- $management := mergeOverwrite (deepCopy .Values.management) $plain }}
{{- $application := dict "spring" $spring "management" $management }}
{{- $deprovisioner := deepCopy .Values.deprovisioner }}
{{- if .Values.bearerToken.existingSecret }}
{{- $file := dict "upstream" (dict "bearer-token-file" "/etc/scim-deprovisioner/token/token") }}
{{- $deprovisioner = mergeOverwrite $deprovisioner $file }}
{{- end }}
{{- with $deprovisioner }}
{{- $_ := set $application "deprovisioner" . }}
{{- end }}
{{- range $prefix := list "server" "logging" }}
{{- with get $.Values $prefix }}
{{- $_ := set $application $prefix . }}
{{- end }}
{{- end }}
{{- toYaml $application }}
{{- end }}

{{/* The names of the properties that come from Secrets, as far as the values say. */}}
{{- define "deprovisioner.secretNames" -}}
{{- $names := keys .Values.secrets.values }}
{{- range .Values.secrets.existing }}{{ $names = concat $names (values (default dict .keys)) }}{{ end }}
{{- toJson $names }}
{{- end }}

{{/* Not empty if there is a receiver. A URL with a secret comes from a Secret, in which the chart sees no names. */}}
{{- define "deprovisioner.hasReceiver" -}}
{{- $inSecret := has "deprovisioner.webhook.url" (include "deprovisioner.secretNames" . | fromJsonArray) }}
{{- if or (dig "webhook" "url" "" .Values.deprovisioner) $inSecret .Values.networkPolicy.receiver.to }}true{{ end }}
{{- end }}

{{/* An egress rule: to what is named, or anywhere, at some ports. */}}
{{- define "deprovisioner.egress" -}}
{{- $protocols := .protocols | default (list "TCP") -}}
- ports:
    {{- range $port := .rule.ports }}
    {{- range $protocol := $protocols }}
    - port: {{ int $port }}
      protocol: {{ $protocol }}
    {{- end }}
    {{- end }}
  {{- with .rule.to }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
