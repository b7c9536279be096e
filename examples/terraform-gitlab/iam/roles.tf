resource "aws_iam_role" "networkplan" {
  name                 = "network-plan"
  path                 = "/"
  description          = "For: Jobs of GitLab CI/CD"
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "AssumeFromGitLab"
        Effect = "Allow"
        Principal = {
          Federated = [
            "arn:aws:iam::111122223333:oidc-provider/gitlab.com",
          ]
        }
        Action = [
          "sts:AssumeRoleWithWebIdentity",
        ]
        Condition = {
          StringEquals = {
            "gitlab.com:aud" = [
              "sts.amazonaws.com",
            ]
            "gitlab.com:project_id" = [
              "61000001",
            ]
            "gitlab.com:namespace_id" = [
              "90000001",
            ]
            "gitlab.com:pipeline_source" = [
              "merge_request_event",
            ]
          }
          StringLike = {
            "gitlab.com:sub" = [
              "project_path:acme/network:ref_type:branch:ref:*",
            ]
          }
        }
      },
    ]
  })
}

resource "aws_iam_policy" "networkplan" {
  name = "network-plan"
  path = "/"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "ListBucket"
        Effect = "Allow"
        Action = [
          "s3:ListBucket",
        ]
        Resource = [
          "arn:aws:s3:::acme-terraform-state",
        ]
      },
      {
        Sid    = "StateObjects"
        Effect = "Allow"
        Action = [
          "s3:GetObject",
        ]
        Resource = [
          "arn:aws:s3:::acme-terraform-state/network/terraform.tfstate",
        ]
      },
      {
        Sid    = "LockObjects"
        Effect = "Allow"
        Action = [
          "s3:PutObject",
          "s3:GetObject",
          "s3:DeleteObject",
        ]
        Resource = [
          "arn:aws:s3:::acme-terraform-state/network/terraform.tfstate.tflock",
        ]
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "networkplan" {
  role       = aws_iam_role.networkplan.name
  policy_arn = aws_iam_policy.networkplan.arn
}

resource "aws_iam_role" "networkapply" {
  name                 = "network-apply"
  path                 = "/"
  description          = "For: Jobs of GitLab CI/CD"
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "AssumeFromGitLab"
        Effect = "Allow"
        Principal = {
          Federated = [
            "arn:aws:iam::111122223333:oidc-provider/gitlab.com",
          ]
        }
        Action = [
          "sts:AssumeRoleWithWebIdentity",
        ]
        Condition = {
          StringEquals = {
            "gitlab.com:aud" = [
              "sts.amazonaws.com",
            ]
            "gitlab.com:sub" = [
              "project_path:acme/network:ref_type:branch:ref:main",
            ]
            "gitlab.com:project_id" = [
              "61000001",
            ]
            "gitlab.com:namespace_id" = [
              "90000001",
            ]
            "gitlab.com:ref_protected" = [
              "true",
            ]
            "gitlab.com:pipeline_source" = [
              "push",
            ]
          }
        }
      },
    ]
  })
}

resource "aws_iam_policy" "networkapply" {
  name = "network-apply"
  path = "/"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "ListBucket"
        Effect = "Allow"
        Action = [
          "s3:ListBucket",
        ]
        Resource = [
          "arn:aws:s3:::acme-terraform-state",
        ]
      },
      {
        Sid    = "StateObjects"
        Effect = "Allow"
        Action = [
          "s3:GetObject",
          "s3:PutObject",
        ]
        Resource = [
          "arn:aws:s3:::acme-terraform-state/network/terraform.tfstate",
        ]
      },
      {
        Sid    = "LockObjects"
        Effect = "Allow"
        Action = [
          "s3:PutObject",
          "s3:GetObject",
          "s3:DeleteObject",
        ]
        Resource = [
          "arn:aws:s3:::acme-terraform-state/network/terraform.tfstate.tflock",
        ]
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "networkapply" {
  role       = aws_iam_role.networkapply.name
  policy_arn = aws_iam_policy.networkapply.arn
}
