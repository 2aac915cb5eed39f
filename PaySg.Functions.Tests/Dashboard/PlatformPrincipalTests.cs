using System.Text;
using Microsoft.AspNetCore.Http;
using PaySg.Functions.Dashboard;

namespace PaySg.Functions.Tests.Dashboard;

[Trait("Category", "Rules")]
public sealed class PlatformPrincipalTests
{
    private const string Tenant = "00000000-0000-4000-8000-0000000000ff";

    [Theory]
    [InlineData("tid", "oid", "preferred_username")]
    [InlineData("http://schemas.microsoft.com/identity/claims/tenantid", "http://schemas.microsoft.com/identity/claims/objectidentifier", "upn")]
    [InlineData("TID", "OID", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn")]
    public void A_person_of_the_directory_is_read_by_either_names_of_claims(string tenant, string id, string signIn)
    {
        var person = Read(Principal((tenant, Tenant), (id, "ABC"), (signIn, "Tan@Agency.example.sg"), ("name", "Tan")));

        Assert.Equal((Tenant, "abc", "Tan", "tan@agency.example.sg"), (person!.TenantId, person.ObjectId, person.Name, person.Email));
    }

    [Fact]
    public void An_address_that_nobody_signs_in_by_is_not_theirs()
    {
        Assert.Null(Read(Principal(("tid", Tenant), ("oid", "1"), ("email", "boss@agency.example.sg")))!.Email);
        Assert.Null(Read(Principal(("tid", Tenant), ("oid", "1"), ("preferred_username", "tan")))!.Email);
        Assert.Equal("", Read(Principal(("tid", Tenant), ("oid", "1")))!.Name);
    }

    [Fact]
    public void Somebody_of_another_directory_or_without_an_id_is_nobody()
    {
        Assert.Null(Read(Principal(("tid", "00000000-0000-4000-8000-0000000000fe"), ("oid", "1"))));
        Assert.Null(Read(Principal(("oid", "1"))));
        Assert.Null(Read(Principal(("tid", Tenant))));
        Assert.Null(Read(Principal(("tid", Tenant), ("oid", ""))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("bm90aGluZw==")]
    [InlineData("e30=")]
    [InlineData("W10=")]
    [InlineData("eyJjbGFpbXMiOlt7fV19")]
    [InlineData("eyJjbGFpbXMiOlt7InR5cCI6bnVsbCwidmFsIjpudWxsfV19")]
    [InlineData("eyJjbGFpbXMiOlsxXX0=")]
    public void What_is_no_principal_is_nobody(string header) => Assert.Null(Read(header));

    [Fact]
    public void Two_headers_are_nobodys()
    {
        var one = Principal(("tid", Tenant), ("oid", "1"));
        var request = new DefaultHttpContext().Request;
        request.Headers[PlatformPrincipal.Header] = new[] { one, one };

        Assert.Null(PlatformPrincipal.Read(request, Tenant));
        Assert.Null(PlatformPrincipal.Read(new DefaultHttpContext().Request, Tenant));
    }

    private static Functions.Access.Members.Person? Read(string header)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[PlatformPrincipal.Header] = header;
        return PlatformPrincipal.Read(request, Tenant);
    }

    private static string Principal(params (string Type, string Value)[] claims) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        $$"""{"auth_typ":"aad","claims":[{{string.Join(',', claims.Select(claim => $$"""{"typ":"{{claim.Type}}","val":"{{claim.Value}}"}"""))}}]}"""));
}
