// For the Azure Developer CLI: azd gives the values of its environment as variables (azd env set).
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'paysg')
param location = readEnvironmentVariable('AZURE_LOCATION', 'southeastasia')

// What an installation has of its own: variables of the shell, or of the workflow's environment. One that is unset is empty, which changes nothing.
param publicBaseUrl = readEnvironmentVariable('PAYSG_PUBLIC_BASE_URL', '')
param customDomain = readEnvironmentVariable('PAYSG_CUSTOM_DOMAIN', '')
param alertEmail = readEnvironmentVariable('PAYSG_ALERT_EMAIL', '')
param smtpHost = readEnvironmentVariable('PAYSG_SMTP_HOST', '')
param smtpUser = readEnvironmentVariable('PAYSG_SMTP_USER', '')
param mailFrom = readEnvironmentVariable('PAYSG_MAIL_FROM', '')
param mailFromName = readEnvironmentVariable('PAYSG_MAIL_FROM_NAME', '')
param whatIfRepository = readEnvironmentVariable('PAYSG_WHAT_IF_REPOSITORY', '')
// With true it is Stripe's test mode instead of the sandbox.
param usesStripe = readEnvironmentVariable('PAYSG_USES_STRIPE', '') == 'true'

// true for the time of a rotation, in every deployment of that time: without it a release would take the previous key away.
param hasPreviousManagementKey = readEnvironmentVariable('PAYSG_HAS_PREVIOUS_MANAGEMENT_KEY', '') == 'true'
param hasPreviousSecretsKey = readEnvironmentVariable('PAYSG_HAS_PREVIOUS_SECRETS_KEY', '') == 'true'
param hasPreviousTokensKey = readEnvironmentVariable('PAYSG_HAS_PREVIOUS_TOKENS_KEY', '') == 'true'
param hasPreviousStripeWebhookSecret = readEnvironmentVariable('PAYSG_HAS_PREVIOUS_STRIPE_WEBHOOK_SECRET', '') == 'true'

// Secrets, for the first deployment and for a rotation, from the shell alone: no workflow holds them. The vault keeps what it has of those that are empty.
param managementKey = readEnvironmentVariable('PAYSG_MANAGEMENT_KEY', '')
param previousManagementKey = readEnvironmentVariable('PAYSG_PREVIOUS_MANAGEMENT_KEY', '')
param secretsCurrentKey = readEnvironmentVariable('PAYSG_SECRETS_CURRENT_KEY', '')
param secretsPreviousKey = readEnvironmentVariable('PAYSG_SECRETS_PREVIOUS_KEY', '')
param tokensCurrentKey = readEnvironmentVariable('PAYSG_TOKENS_CURRENT_KEY', '')
param tokensPreviousKey = readEnvironmentVariable('PAYSG_TOKENS_PREVIOUS_KEY', '')
param smtpPassword = readEnvironmentVariable('PAYSG_SMTP_PASSWORD', '')
param stripeSecretKey = readEnvironmentVariable('PAYSG_STRIPE_SECRET_KEY', '')
param stripeWebhookSecret = readEnvironmentVariable('PAYSG_STRIPE_WEBHOOK_SECRET', '')
param previousStripeWebhookSecret = readEnvironmentVariable('PAYSG_PREVIOUS_STRIPE_WEBHOOK_SECRET', '')
