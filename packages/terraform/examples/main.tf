# What a CI job needs that plans and applies with Terragrunt: both policies, in the place of the AWS provider.

module "state" {
  source = "..//modules/terraform-remote-state-s3"

  bucket = "acme-state"
  keys   = ["app/terraform.tfstate"]
}

module "lock" {
  source = "..//modules/terragrunt"

  bucket = "acme-state"
  keys   = ["app/terraform.tfstate"]
}

output "policy_arns" {
  value = [module.state.arn, module.lock.arn]
}
