using PaySg.Functions.Access;

namespace PaySg.Functions.Tests.Access;

[Trait("Category", "Rules")]
public sealed class PermissionNamesTests
{
    [Fact]
    public void Every_set_of_permissions_is_read_as_it_was_written()
    {
        for (var bits = 0; bits <= (int)Permission.All; bits++)
            Assert.Equal((Permission)bits, PermissionNames.Parse(PermissionNames.Format((Permission)bits)));
    }

    [Theory]
    [InlineData(Permission.All, "view,billing,refund,administrator")]
    [InlineData(Permission.None, "")]
    [InlineData(Permission.View | Permission.Administrator, "view,administrator")]
    public void Permissions_have_the_names_of_the_dashboard(object permissions, string expected)
    {
        Assert.Equal(expected, PermissionNames.Format((Permission)permissions));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("View")]
    [InlineData("everything")]
    [InlineData(" view")]
    public void What_is_not_a_permission_gives_none(string? text)
    {
        Assert.Equal(Permission.None, PermissionNames.Parse(text));
    }

    [Fact]
    public void Unknown_names_do_not_hide_known_ones()
    {
        Assert.Equal(Permission.View | Permission.Refund, PermissionNames.Parse("view,something,refund"));
    }

    [Theory]
    [InlineData(Permission.View | Permission.Refund, "view, refund")]
    [InlineData(Permission.Billing, "billing")]
    [InlineData(Permission.None, "")]
    public void People_read_permissions_with_a_space_after_each_comma(object permissions, string expected)
    {
        Assert.Equal(expected, PermissionNames.Print((Permission)permissions));
    }
}
